using System.Runtime.InteropServices;
using Xunit;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>
/// Memory between two pages that may not be touched: an access beyond either end stops the process, where a managed array would let it
/// pass unseen.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int NoAccess = 0;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;

    private readonly nint _mapping;
    private readonly nuint _mappedLength;
    private readonly byte* _start;
    private readonly int _length;

    /// <param name="minLength">Rounded up to whole pages.</param>
    public GuardedMemory(int minLength)
    {
        int page = Environment.SystemPageSize;
        _length = (minLength + page - 1) / page * page;
        _mappedLength = (nuint)(_length + (2 * page));
        _mapping = Map(0, _mappedLength, NoAccess, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, _mapping);
        _start = (byte*)_mapping + page;
        Assert.Equal(0, Protect((nint)_start, (nuint)_length, ReadWrite));
    }

    public static void SkipWhereThereIsNone() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Guard pages are taken from Linux, by mmap with its numbers.");

    /// <summary>Bytes with a guard right before them.</summary>
    public Span<byte> AtStart(int length) => new(_start, Fitting(length));

    /// <summary>Bytes with a guard right after them.</summary>
    public Span<byte> AtEnd(int length) => new(_start + _length - Fitting(length), length);

    public void Dispose() => Assert.Equal(0, Unmap(_mapping, _mappedLength));

    private int Fitting(int length)
    {
        Assert.InRange(length, 0, _length);
        return length;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
