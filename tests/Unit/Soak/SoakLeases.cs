using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Soak;

/// <summary>Uses scoped values: none is disposed while it is in use.</summary>
internal sealed class SoakLeases(SoakGeneration generation, Random random)
{
    /// <summary>Takes one step.</summary>
    public void Step()
    {
        Cache<int, Scoped<Resource>> cache = generation.Resources;
        int key = random.Next(SoakSetup.Keys);
        switch (random.Next(8))
        {
            case < 3:
                using (Lease<Resource> lease = cache.GetOrAddLease(key, generation.MakeResource))
                {
                    AssertAlive(lease, key);
                }

                break;
            case 3:
                if (cache.TryGetLease(key, out Lease<Resource>? found))
                {
                    using (found)
                    {
                        AssertAlive(found, key);
                    }
                }

                break;
            case 4:
                Write(key, scoped => cache.Set(key, scoped, ExpiringCache.For(random.Next(1, 20) * ExpiringCache.Tick)));
                break;
            case 5:
                Write(key, scoped => cache.TryAdd(key, scoped));
                break;
            case 6:
                Write(key, scoped => cache.TryUpdate(key, scoped));
                break;
            default:
                cache.TryRemove(key);
                break;
        }
    }

    private static void AssertAlive(Lease<Resource> lease, int key)
    {
        Assert.Equal((key, false), (lease.Value.Number, lease.Value.IsDisposed));
        Thread.Yield();
        Assert.False(lease.Value.IsDisposed);
    }

    private void Write(int key, Action<Scoped<Resource>> write)
    {
        Resource resource = generation.MakeResource(key);
        try
        {
            write(new Scoped<Resource>(resource));
        }
        catch (ObjectDisposedException)
        {
            // A write that throws has not taken it over.
            resource.Dispose();
            throw;
        }
    }
}
