namespace FastCache.Diagnostics;

/// <summary>The attributes of metrics and spans, and their values. Few values each; never a key.</summary>
internal static class TelemetryTags
{
    public const string CacheName = "dotnet.cache.name";
    public const string RequestResult = "dotnet.cache.request.result";
    public const string Hit = "hit";
    public const string Miss = "miss";

    public const string EvictionReason = "fastcache.eviction.reason";
    public const string Capacity = "capacity";
    public const string Expired = "expired";

    public const string RefusalReason = "fastcache.refusal.reason";
    public const string TooHeavy = "too_heavy";
    public const string Admission = "admission";

    public const string LoadKind = "fastcache.load.kind";
    public const string LoadResult = "fastcache.load.result";
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Cancelled = "cancelled";
    public const string ErrorType = "error.type";

    public const string OmissionReason = "fastcache.log.omission.reason";
    public const string NoRoom = "no_room";
    public const string TooLarge = "too_large";

    public const string FailureOutcome = "fastcache.log.failure.outcome";
    public const string Mended = "mended";
    public const string Degraded = "degraded";
}
