using System.Buffers;
using System.Collections.Concurrent;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A distributed cache that does what a test says: it may throw, hang, and be damaged.</summary>
internal class ScriptedSecondLevel(ManualTimeProvider time) : IDistributedCache
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset ExpiresAt)> _entries = new(StringComparer.Ordinal);
    private int _reads;
    private int _tagReads;
    private int _writes;
    private int _removals;

    /// <summary>Runs before each read, and may be awaited.</summary>
    public Func<string, CancellationToken, Task>? OnRead { get; set; }

    /// <summary>Runs before each answer to a read, which is then as old as that.</summary>
    public Func<string, CancellationToken, Task>? OnAnswer { get; set; }

    /// <summary>Runs before each write.</summary>
    public Func<string, CancellationToken, Task>? OnWrite { get; set; }

    /// <summary>Runs before each removal.</summary>
    public Func<string, CancellationToken, Task>? OnRemove { get; set; }

    /// <summary>How often a value was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often it was asked when a tag was invalidated.</summary>
    public int TagReads => Volatile.Read(ref _tagReads);

    public int Writes => Volatile.Read(ref _writes);

    public int Removals => Volatile.Read(ref _removals);

    public ICollection<string> Keys => _entries.Keys;

    /// <summary>The bytes under a key, whatever the clock says; null if there are none.</summary>
    public byte[]? this[string key]
    {
        get => _entries.TryGetValue(key, out (byte[] Bytes, DateTimeOffset ExpiresAt) entry) ? entry.Bytes : null;
        set => _entries[key] = (value!, DateTimeOffset.MaxValue);
    }

    /// <summary>How long a key is still kept.</summary>
    public TimeSpan LifeOf(string key) => _entries[key].ExpiresAt - time.GetUtcNow();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref IsTag(key) ? ref _tagReads : ref _reads);
        if (OnRead is { } script)
        {
            await script(key, token);
        }

        byte[]? found = Find(key)?.ToArray();
        if (OnAnswer is { } answer)
        {
            await answer(key, token);
        }

        return found;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Interlocked.Increment(ref _writes);
        if (OnWrite is { } script)
        {
            await script(key, token);
        }

        Keep(key, value, options);
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _removals);
        if (OnRemove is { } script)
        {
            await script(key, token);
        }

        _entries.TryRemove(key, out _);
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public static bool IsTag(string key) => key.Contains("__FastCache:tag:", StringComparison.Ordinal);

    protected byte[]? Find(string key)
        => _entries.TryGetValue(key, out (byte[] Bytes, DateTimeOffset ExpiresAt) entry) && entry.ExpiresAt > time.GetUtcNow() ? entry.Bytes : null;

    protected void Keep(string key, byte[] value, DistributedCacheEntryOptions options)
        => _entries[key] = (value, time.GetUtcNow() + options.AbsoluteExpirationRelativeToNow!.Value);

    protected async Task<byte[]?> ReadAsync(string key, CancellationToken token) => await GetAsync(key, token);

    protected async Task WriteAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        Interlocked.Increment(ref _writes);
        if (OnWrite is { } script)
        {
            await script(key, token);
        }

        // Not before it is written: a caller who gives the bytes back too early is found out.
        Keep(key, value.ToArray(), options);
    }
}
