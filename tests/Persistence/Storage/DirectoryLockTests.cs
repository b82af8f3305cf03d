using System.Globalization;
using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

public sealed class DirectoryLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/../same")]
    public void A_directory_is_opened_once_at_a_time_in_a_process(string spelling)
    {
        string path = _directory["same"];
        FileStorage first = Open(path);

        StorageResult result = FileStorage.Open(path + spelling, out FileStorage? second);

        result.ShouldBe(StorageError.InUse);
        Assert.Null(second);
        Assert.Contains(path, result.Cause!.Message, StringComparison.Ordinal);
        Assert.Contains($"this process, {Environment.ProcessId}.", result.Cause.Message, StringComparison.Ordinal);
        first.Dispose();
        Open(path).Dispose();
    }

    [Fact]
    public void A_failed_attempt_does_not_release_the_lock_of_another()
    {
        using FileStorage first = Open(_directory["a"]);

        FileStorage.Open(_directory["a"], out _).ShouldBe(StorageError.InUse);
        FileStorage.Open(_directory["a"], out _).ShouldBe(StorageError.InUse);
    }

    [Fact]
    public void A_second_dispose_does_not_release_the_lock_of_the_next()
    {
        FileStorage first = Open(_directory["a"]);
        first.Dispose();
        using FileStorage second = Open(_directory["a"]);

        first.Dispose();

        // Said by the set: the locked file alone would name the process otherwise.
        StorageResult result = FileStorage.Open(_directory["a"], out _);
        result.ShouldBe(StorageError.InUse);
        Assert.Contains("this process", result.Cause!.Message, StringComparison.Ordinal);
    }

    // The set of this process knows the directory by one path: by another, only the lock of the file stands in the way.
    [Fact]
    public void A_locked_file_keeps_others_out_and_says_who_has_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege.");
        using FileStorage first = Open(_directory["a"]);
        Directory.CreateSymbolicLink(_directory["link"], _directory["a"]);

        StorageResult result = FileStorage.Open(_directory["link"], out FileStorage? second);

        result.ShouldBe(StorageError.InUse);
        Assert.Null(second);
        Assert.Contains(_directory["link"], result.Cause!.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}.", result.Cause.Message, StringComparison.Ordinal);
        first.Dispose();
        Open(_directory["link"]).Dispose();
    }

    [Fact]
    public void The_lock_file_says_which_process_of_which_boot()
    {
        Directory.CreateDirectory(_directory["a"]);
        File.WriteAllText(Path.Combine(_directory["a"], "LOCK"), new string('9', 500));

        Open(_directory["a"]).Dispose();

        string[] lines = File.ReadAllLines(Path.Combine(_directory["a"], "LOCK"));
        Assert.Equal(2, lines.Length);
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), lines[0]);
        Assert.Equal(OperatingSystem.IsLinux(), Guid.TryParse(lines[1], out _));
    }

    private static FileStorage Open(string path)
    {
        FileStorage.Open(path, out FileStorage? storage).ShouldBeOk();
        return storage!;
    }
}
