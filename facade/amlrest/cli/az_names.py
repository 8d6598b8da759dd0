"""Commands that `az ml` has under another name, or that amlrest does not have."""

from __future__ import annotations

SAME_AS = {
    "job": {"create": "submit"},
    "compute": {"list-nodes": "nodes", "update": "scale"},
    "datastore": {"update": "create"},
    "online-endpoint": {
        "get-credentials": "keys",
        "regenerate-keys": "regenerate-key",
        "update": "traffic",
    },
    "online-deployment": {"get-logs": "logs", "update": "create"},
    "batch-endpoint": {"update": "traffic"},
    "batch-deployment": {"update": "create"},
}
"""Group → command of `az ml` → command of amlrest that does the same."""

_OTHER_KINDS = "call the operations of the API with: amlrest api OPERATION_ID"
INSTEAD = {
    "amlrest": {
        "ml": "leave out 'ml': amlrest job list",
        "login": "sign in with: az login",
        "configure": "use: amlrest config set workspace=NAME resource_group=NAME",
        **dict.fromkeys(
            (
                "component",
                "connection",
                "feature-set",
                "feature-store",
                "feature-store-entity",
                "marketplace-subscription",
                "registry",
                "schedule",
                "serverless-endpoint",
            ),
            _OTHER_KINDS,
        ),
    },
    "job": {
        "connect-ssh": "it is in az ml only",
        "show-services": "use: amlrest job show NAME --query properties.services -o json",
    },
    "compute": {
        "attach": "use: amlrest compute create --file FILE",
        "connect-ssh": "it is in az ml only",
        "detach": "use: amlrest compute delete NAME --detach",
        "enable-sso": "it is in az ml only",
        "list-sizes": "use: amlrest api VirtualMachineSizes_List -p location=REGION",
        "list-usage": "use: amlrest api Usages_List -p location=REGION",
    },
    "data": {
        "import": "it is in az ml only",
        "mount": "it is in az ml only",
        "share": "it is in az ml only",
    },
    "datastore": {"mount": "it is in az ml only"},
    "environment": {"share": "it is in az ml only"},
    "model": {
        "download": "use: amlrest job download NAME, for the job that made it",
        "package": "it is in az ml only",
        "share": "it is in az ml only",
    },
    "workspace": {
        "create": "use: amlrest api Workspaces_CreateOrUpdate -p name=NAME --body @FILE",
        "delete": "use: amlrest api Workspaces_Delete -p name=NAME",
        "diagnose": "use: amlrest api Workspaces_Diagnose -p name=NAME",
        "list-keys": "use: amlrest api Workspaces_ListKeys",
        "sync-keys": "use: amlrest api Workspaces_ResyncKeys",
        "update": "use: amlrest api Workspaces_Update -p name=NAME --body @FILE",
    },
}
"""Group → command of `az ml` → what to do instead."""

OPTIONS_INSTEAD = {
    "--build-context": "name it in a YAML file, with --file",
    "--keep-artifacts": "files are kept",
    "--local": "start a local workspace instead: amlrest local up",
    "--mirror-traffic": "set it in a YAML file, with: amlrest online-endpoint create FILE",
    "--only-show-errors": "messages are on stderr: 2>/dev/null",
    "--parent-job-name": "the trials of a sweep job are listed by: amlrest job trials NAME",
    "--save-as": "-o yaml prints a YAML file",
    "--verbose": "--debug shows tracebacks",
}
"""Option of `az ml` → what to do instead, where a command does not have it."""
