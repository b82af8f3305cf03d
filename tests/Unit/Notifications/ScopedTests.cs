using FastCache.Notifications;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>A scoped value is disposed once, by whoever needs it last.</summary>
#pragma warning disable CA1001 // Who disposes the resource is what is tested.
public sealed class ScopedTests
#pragma warning restore CA1001
{
    private readonly Resource _resource = new();
    private readonly Scoped<Resource> _scoped;

    public ScopedTests() => _scoped = new Scoped<Resource>(_resource);

    [Fact]
    public void A_value_lives_as_long_as_it_is_leased()
    {
        Assert.True(_scoped.TryLease(out Lease<Resource>? first));
        Assert.True(_scoped.TryLease(out Lease<Resource>? second));
        Release();
        Assert.Same(_resource, first.Value);
        first.Dispose();
        Assert.Same(_resource, second.Value);
        Assert.Equal(0, _resource.Disposals);

        second.Dispose();

        Assert.Equal(1, _resource.Disposals);
    }

    [Fact]
    public void A_value_lives_as_long_as_its_cache_keeps_it()
    {
        Assert.True(_scoped.TryLease(out Lease<Resource>? lease));
        lease.Dispose();
        Assert.Equal(0, _resource.Disposals);

        Release();

        Assert.Equal(1, _resource.Disposals);
        Assert.False(_scoped.TryLease(out lease));
        Assert.Null(lease);
    }

    [Fact]
    public void Giving_back_twice_counts_once()
    {
        Assert.True(_scoped.TryLease(out Lease<Resource>? first));
        Assert.True(_scoped.TryLease(out Lease<Resource>? second));

        first.Dispose();
        first.Dispose();
        Release();
        Release();

        Assert.Equal(0, _resource.Disposals);
        second.Dispose();
        Assert.Equal(1, _resource.Disposals);
    }

    [Fact]
    public void A_lease_that_was_given_back_gives_no_value()
    {
        Assert.True(_scoped.TryLease(out Lease<Resource>? lease));
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Value);
    }

    [Fact]
    public void There_is_no_scoped_null()
        => Assert.Throws<ArgumentNullException>(() => new Scoped<Resource>(null!));

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Whoever_gets_a_lease_at_the_last_moment_has_a_live_value()
    {
        await Wait.LeaveRunner();
        for (int round = 0; round < 20_000; round++)
        {
            var resource = new Resource();
            var scoped = new Scoped<Resource>(resource);
            Parallel.Invoke(Use, Use, ((IScoped)scoped).Release);
            Assert.Equal(1, resource.Disposals);

            void Use()
            {
                if (scoped.TryLease(out Lease<Resource>? lease))
                {
                    Assert.False(lease.Value.IsDisposed);
                    lease.Dispose();
                }
            }
        }
    }

    private void Release() => ((IScoped)_scoped).Release();
}
