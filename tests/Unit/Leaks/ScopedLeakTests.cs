using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Leaks;

/// <summary>Gate: a scoped value is disposed after it has left, and then nothing keeps it alive, nor its leases.</summary>
public sealed class ScopedLeakTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();
    private int _disposals;

    public static TheoryData<string> Endings => ["removed", "replaced", "evicted", "expired", "cleared", "refused"];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Endings))]
    public async Task What_has_left_is_disposed_and_can_be_collected(string ending)
    {
        await Wait.LeaveRunner();
        using Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options => options.TimeProvider = _time);

        List<WeakReference> gone = UseAndEnd(cache, ending);

        Wait.Until(() => Volatile.Read(ref _disposals) == 1);
        Garbage.AwaitCollection(gone);
        GC.KeepAlive(cache);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<WeakReference> UseAndEnd(Cache<int, Scoped<Resource>> cache, string ending)
    {
        var resource = new Resource { OnDispose = () => Interlocked.Increment(ref _disposals) };
        var scoped = new Scoped<Resource>(resource);
        if (ending == "refused")
        {
            Assert.False(cache.Set(1, scoped, new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
            return [new WeakReference(resource), new WeakReference(scoped)];
        }

        Assert.True(cache.Set(1, scoped, ExpiringCache.For(Life)));
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? lease));
        switch (ending)
        {
            case "removed":
                cache.TryRemove(1);
                break;
            case "replaced":
                cache.Set(1, new Scoped<Resource>(new Resource()));
                break;
            case "evicted":
                cache.Trim(1);
                break;
            case "expired":
                _time.AdvanceAtOnce(2 * Life);
                cache.TrimExpired();
                break;
            default:
                cache.Clear();
                break;
        }

        Assert.False(resource.IsDisposed);
        lease.Dispose();
        return [new WeakReference(resource), new WeakReference(scoped), new WeakReference(lease)];
    }
}
