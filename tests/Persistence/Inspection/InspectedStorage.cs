using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>A simulated storage as somebody sees it who only looks, while others do what a test says between each two of his operations.</summary>
/// <param name="current">The storage that there is at the moment.</param>
/// <param name="others">What happens before each operation.</param>
internal sealed class InspectedStorage(Func<SimulatedStorage> current, Action? others = null) : IReadOnlyStorage
{
    public string Location => "simulated";

    public int OpenFiles { get; private set; }

    public StorageResult List(out IReadOnlyList<string> names)
    {
        others?.Invoke();
        return current().List(out names);
    }

    public StorageResult Open(string name, out IStorageFile? file)
    {
        others?.Invoke();
        StorageResult result = current().Open(name, out IStorageFile? opened);
        OpenFiles += result.IsOk ? 1 : 0;
        file = opened is null ? null : new InspectedFile(opened, others, () => OpenFiles--);
        return result;
    }

    public void Dispose() => Assert.Equal(0, OpenFiles);

    private sealed class InspectedFile(IStorageFile file, Action? others, Action onClosed) : IStorageFile
    {
        public long Length
        {
            get
            {
                others?.Invoke();
                return file.Length;
            }
        }

        public StorageResult Read(long offset, Span<byte> buffer, out int count)
        {
            others?.Invoke();
            return file.Read(offset, buffer, out count);
        }

        public StorageResult Write(long offset, ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("Somebody writes who only looks.");

        public StorageResult Sync() => throw new InvalidOperationException("Somebody syncs who only looks.");

        public void Dispose()
        {
            onClosed();
            file.Dispose();
        }
    }
}
