using System.Text;

namespace FastCache.Persistence.Format;

/// <summary>The name of a serializer's format, as a number. A log of another one is discarded: nobody could read it.</summary>
internal static class Fingerprint
{
    public static ulong Of(string format) => KeyDigest.Of(Encoding.UTF8.GetBytes(format));
}
