namespace CrossStitch.Web.Problems;

/// <summary>Why a request was refused, in one word for programs: the member <c>code</c> of a problem.</summary>
public static class ProblemCode
{
    /// <summary>400: the request has no photo in it.</summary>
    public const string NoPhoto = "no-photo";

    /// <summary>400: the body is no well-formed form.</summary>
    public const string BadForm = "bad-form";

    /// <summary>400 or another status below 500: the request breaks the rules of HTTP.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>401: the server asks for a token.</summary>
    public const string TokenMissing = "token-missing";

    /// <summary>403: a page of another site sent it.</summary>
    public const string CrossSite = "cross-site";

    /// <summary>404: there is no such run, or the server shows none.</summary>
    public const string NotFound = "not-found";

    /// <summary>408: the photo's file took too long to arrive.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>413: more bytes than are allowed.</summary>
    public const string TooLarge = "too-large";

    /// <summary>413: more pixels than are allowed.</summary>
    public const string TooManyPixels = "too-many-pixels";

    /// <summary>415: neither a picture nor a form.</summary>
    public const string UnsupportedType = "unsupported-type";

    /// <summary>422: no picture that can be decoded.</summary>
    public const string NotAnImage = "not-an-image";

    /// <summary>503: all workers are busy and the queue is full; try again after <c>Retry-After</c> seconds.</summary>
    public const string Busy = "busy";

    /// <summary>503: it waited too long, or took too long.</summary>
    public const string TimedOut = "timed-out";

    /// <summary>500: a fault of ours.</summary>
    public const string Internal = "internal";
}
