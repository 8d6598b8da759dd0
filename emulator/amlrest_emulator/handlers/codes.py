"""Handlers of code versions: search by content, and a container for each upload."""

from __future__ import annotations

import uuid
from datetime import timedelta

from amlrest_emulator.blob import Account, container_query
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.engine.listing import filters_of

_LIFETIME = timedelta(hours=8)
_PERMISSIONS = "rcwl"


@handles("CodeVersions_List")
def list_versions(call: Call) -> Reply:
    """List the versions of a code asset; a hash finds those of all names, as in the service."""
    if "hash" not in call.query:
        return crud.list_resources(call)
    context, keep = call.context, filters_of(call.query)
    scope = call.resource_id.rsplit("/", 2)[0] + "/"
    found = filter(keep, context.state.of_type(call.resource_type, scope))
    return Reply(200, {"value": [crud.represent(context, call.edge, item) for item in found]})


@handles("CodeVersions_CreateOrGetStartPendingUpload")
def start_upload(call: Call) -> Reply:
    """Make a container for the files of a version, with a SAS to write them."""
    context, identity = call.context, call.context.identity
    container = f"{identity.workspace_guid[:10]}-{uuid.uuid4()}"
    context.blobs.ensure_container(container)
    account = Account(identity.account_name, identity.account_key)
    group = call.resource_id.partition("/providers/")[0]
    url = f"{context.endpoint}/{account.name}/{container}"
    query = container_query(account, container, _PERMISSIONS, _LIFETIME)
    reference = {
        "blobUri": url,
        "storageAccountArmId": f"{group}/providers/Microsoft.Storage/storageAccounts/{account.name}",
        "credential": {"credentialType": "SAS", "sasUri": f"{url}?{query}"},
    }
    return Reply(
        200,
        {
            "blobReferenceForConsumption": reference,
            "pendingUploadId": str(uuid.uuid4()),
            "pendingUploadType": "None",
        },
    )
