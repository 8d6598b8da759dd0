"""Error codes of the Blob service.

https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
"""

from __future__ import annotations

_CODES = {
    304: "NotModified",
    400: "InvalidBlobOrBlock InvalidBlockId InvalidBlockList InvalidHeaderValue InvalidInput "
    "InvalidMetadata InvalidQueryParameterValue InvalidResourceName InvalidUri InvalidXmlDocument "
    "Md5Mismatch MissingRequiredHeader MissingRequiredQueryParameter OutOfRangeInput",
    401: "NoAuthenticationInformation",
    403: "AuthenticationFailed AuthorizationFailure AuthorizationPermissionMismatch "
    "AuthorizationProtocolMismatch AuthorizationResourceTypeMismatch AuthorizationServiceMismatch",
    404: "BlobNotFound ContainerNotFound",
    405: "UnsupportedHttpVerb",
    409: "BlobAlreadyExists ContainerAlreadyExists",
    411: "MissingContentLengthHeader",
    412: "ConditionNotMet",
    413: "RequestBodyTooLarge",
    416: "InvalidRange",
    500: "InternalError",
    501: "NotImplemented",
}
_STATUS = {code: status for status, codes in _CODES.items() for code in codes.split()}


class BlobError(Exception):
    """An error response of the Blob service.

    Args:
        code: documented error code, e.g. ``BlobNotFound``, which determines the HTTP status.
        message: what is wrong; what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = _STATUS[code]


def unsupported(feature: str) -> BlobError:
    """Return the 501 for a feature that the local workspace does not support."""
    return BlobError("NotImplemented", f"The local workspace does not support {feature}.")
