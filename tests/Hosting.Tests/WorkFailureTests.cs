using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Hosting.Tests;

public sealed class WorkFailureTests
{
    [Fact]
    public void A_permanent_failure_means_what_the_caller_says_and_keeps_its_sentence() =>
        Assert.Equal(new(FailureKind.BadInput, "No face was found.", false), WorkFailure.Of(new PermanentException("No face was found."), FailureKind.BadInput));

    public static TheoryData<Exception> Surroundings =>
        [new TransientException("away"), new IOException("away"), new ObjectNotFoundException("a/b"), new TimeoutException(), new OperationCanceledException()];

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void Trouble_of_the_surroundings_costs_nothing(Exception exception) =>
        Assert.Equal(FailureKind.Infrastructure, WorkFailure.Of(exception, FailureKind.Rendering).Kind);

    [Fact]
    public void A_full_disk_needs_a_person()
    {
        // Linux has a device that is always full.
        IOException full = Assert.ThrowsAny<IOException>(() => File.WriteAllText("/dev/full", "x"));
        WorkFailure failure = WorkFailure.Of(full, FailureKind.BadInput);
        Assert.Equal(FailureKind.BadInput, failure.Kind);
        Assert.StartsWith("A disk is full: free some space", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_else_is_a_bug_told_in_one_line()
    {
        WorkFailure failure = WorkFailure.Of(new InvalidOperationException("two\nlines"), FailureKind.BadInput);
        Assert.Equal(FailureKind.Rendering, failure.Kind);
        Assert.True(failure.IsBug);
        Assert.Contains("InvalidOperationException: two lines", failure.Sentence, StringComparison.Ordinal);
    }
}
