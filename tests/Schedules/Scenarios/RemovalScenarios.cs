using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>What a listener is told, and values that are disposed when nobody needs them.</summary>
public sealed class RemovalScenarios(ITestOutputHelper output)
{
    [Fact]
    public void Every_value_that_leaves_is_reported_once()
        => output.WriteLine(ScheduleSearch.Explore(static () =>
        {
            List<string> told = [];
            Cache<int, string> cache = Caches.Create<int, string>(2, options => options.RemovalListener = (_, value, _) => told.Add(value));
            var plan = new Plan<int, string>(cache);
            return plan
                .Thread(() => cache.Set(1, "first"))
                .Thread(() => cache.Set(1, "second"))
                .Thread(() =>
                {
                    cache.TryRemove(1);
                    cache.Set(2, "third");
                })
                .AtEnd(() =>
                {
                    cache.Dispose();
                    plan.RunBackgroundLoops();
                    Assert.Equal(["first", "second", "third"], told.Order());
                });
        }));

    [Fact]
    public void A_value_is_disposed_once_and_not_while_it_is_leased()
        => output.WriteLine(ScheduleSearch.Explore(static () =>
        {
            var resource = new CountedResource();
            var scoped = new Scoped<CountedResource>(resource);
            void Use()
            {
                if (scoped.TryLease(out Lease<CountedResource>? lease))
                {
                    Assert.Equal(0, resource.Disposals);
                    lease.Dispose();
                }
            }

            return new Plan<int, int>(Caches.Create<int, int>(1))
                .Thread(Use)
                .Thread(Use)
                .Thread(((FastCache.Notifications.IScoped)scoped).Release)
                .AtEnd(() => Assert.Equal(1, resource.Disposals));
        }));
}
