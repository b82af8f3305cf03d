using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FastCache.Extensions.Hybrid;

/// <summary>JSON options that look at types by reflection: only where the application has left that on.</summary>
internal static class JsonByReflection
{
    // Shared, as they remember what they have seen. With fields: a tuple would be an empty object without.
    private static readonly Lazy<JsonSerializerOptions> Default = new(static () => Complete(new JsonSerializerOptions { IncludeFields = true }));

    /// <summary>The application's options, or ours if it has none, with all that reflection can say.</summary>
    public static JsonSerializerOptions Of(JsonSerializerOptions? options)
        => options is null ? Default.Value : Complete(options.IsReadOnly ? new JsonSerializerOptions(options) : options);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the application has left reflection on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where the application has left reflection on.")]
    private static JsonSerializerOptions Complete(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
