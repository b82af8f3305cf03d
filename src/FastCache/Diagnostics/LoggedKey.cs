namespace FastCache.Diagnostics;

/// <summary>A key in what is logged: one that may not be shown is logged as a text that says so.</summary>
/// <remarks>One message for both, so that an event has one id and one template whatever is allowed.</remarks>
internal static class LoggedKey
{
    public const string NotShown = "(not shown)";

    public static object? Of<TKey>(TKey? key, bool isAllowed) => isAllowed ? key : NotShown;
}
