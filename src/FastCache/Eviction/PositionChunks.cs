namespace FastCache.Eviction;

/// <summary>Storage of the slot queues: chunks of 64 positions from one array, linked in use and in the free list.</summary>
internal sealed class PositionChunks
{
    public const int ChunkSize = 64;

    private const int None = -1;

    private readonly uint[] _positions;
    private readonly int[] _next;
    private int _free;

    /// <param name="positions">How many positions all queues together must be able to hold.</param>
    /// <param name="queues">How many queues there are: each may leave two chunks partly filled.</param>
    public PositionChunks(int positions, int queues)
    {
        int chunks = ((positions + ChunkSize - 1) / ChunkSize) + (2 * queues);
        _positions = new uint[chunks * ChunkSize];
        _next = new int[chunks];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            _next[chunk] = chunk + 1 < chunks ? chunk + 1 : None;
        }
    }

    /// <summary>Takes a chunk from the free list.</summary>
    public int Rent()
    {
        int chunk = _free;
        _free = _next[chunk];
        _next[chunk] = None;
        return chunk;
    }

    public void Return(int chunk)
    {
        _next[chunk] = _free;
        _free = chunk;
    }

    public int Next(int chunk) => _next[chunk];

    public void Link(int chunk, int next) => _next[chunk] = next;

    public ref uint At(int chunk, int index) => ref _positions[(chunk * ChunkSize) + index];
}
