"""Errors of the Blob service, by the codes of "Blob service error codes"."""

_STATUS = {
    "AuthenticationFailed": 403,
    "AuthorizationFailure": 403,
    "AuthorizationPermissionMismatch": 403,
    "AuthorizationProtocolMismatch": 403,
    "AuthorizationResourceTypeMismatch": 403,
    "AuthorizationServiceMismatch": 403,
    "AuthorizationSourceIPMismatch": 403,
    "BlobAlreadyExists": 409,
    "BlobNotFound": 404,
    "ConditionNotMet": 412,
    "ContainerAlreadyExists": 409,
    "ContainerNotFound": 404,
    "InvalidBlobOrBlock": 400,
    "InvalidBlockId": 400,
    "InvalidBlockList": 400,
    "InvalidHeaderValue": 400,
    "InvalidInput": 400,
    "InvalidMetadata": 400,
    "InvalidQueryParameterValue": 400,
    "InvalidRange": 416,
    "InvalidResourceName": 400,
    "InvalidUri": 400,
    "InvalidXmlDocument": 400,
    "Md5Mismatch": 400,
    "MissingContentLengthHeader": 411,
    "MissingRequiredHeader": 400,
    "MissingRequiredQueryParameter": 400,
    "NoAuthenticationInformation": 401,
    "NotImplemented": 501,
    "NotModified": 304,
    "OutOfRangeInput": 400,
    "RequestBodyTooLarge": 413,
    "UnsupportedHttpVerb": 405,
}


class BlobError(Exception):
    """A request the Blob service answers with an error.

    Args:
        code: documented error code, e.g. ``BlobNotFound``; it decides the HTTP status.
        message: what was wrong, where, and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = _STATUS[code]


def unsupported(what: str) -> BlobError:
    """The refusal of a feature the local workspace does not behave."""
    return BlobError("NotImplemented", f"The local workspace does not support {what}.")
