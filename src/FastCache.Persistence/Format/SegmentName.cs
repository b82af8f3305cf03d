using System.Globalization;

namespace FastCache.Persistence.Format;

/// <summary>The names of the files of a log.</summary>
internal static class SegmentName
{
    private const int Digits = 16;
    private const string Extension = ".seg";

    public static string Of(ulong segmentId) => segmentId.ToString("X16", CultureInfo.InvariantCulture) + Extension;

    /// <summary>False if the file is no segment.</summary>
    public static bool TryParse(string name, out ulong segmentId)
    {
        segmentId = 0;
        return name.Length == Digits + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && ulong.TryParse(name.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out segmentId)
            && string.Equals(name, Of(segmentId), StringComparison.Ordinal);
    }
}
