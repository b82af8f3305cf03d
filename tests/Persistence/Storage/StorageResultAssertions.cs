using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

internal static class StorageResultAssertions
{
    public static void ShouldBeOk(this StorageResult result) => Assert.True(result.IsOk, $"{result.Error}: {result.Cause?.Message}");

    public static void ShouldBe(this StorageResult result, StorageError error)
    {
        Assert.Equal(error, result.Error);
        Assert.NotNull(result.Cause);
    }
}
