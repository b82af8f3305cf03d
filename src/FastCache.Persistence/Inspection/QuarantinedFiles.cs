using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Inspection;

/// <summary>What earlier openings have put aside.</summary>
/// <param name="Count">Files.</param>
/// <param name="Bytes">Their bytes.</param>
internal readonly record struct QuarantinedFiles(int Count, long Bytes)
{
    public static QuarantinedFiles In(LogInspection inspection)
    {
        int count = 0;
        long bytes = 0;
        foreach (string name in inspection.Names)
        {
            if (name.EndsWith(LogOpening.QuarantineExtension, StringComparison.Ordinal) && inspection.OpenFile(name, out IStorageFile? file).IsOk)
            {
                using (file)
                {
                    count++;
                    bytes += file!.Length;
                }
            }
        }

        return new QuarantinedFiles(count, bytes);
    }
}
