namespace RenderFarm.Storage.Tests;

public sealed class StoreKeyTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("jobs/0123/segments/000001/1/interior.mp4", true)]
    [InlineData("..a", true)]
    [InlineData("a/.../b", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("a/./b", false)]
    [InlineData("a:b", false)]
    public void Keys_are_relative_paths_of_plain_names(string key, bool valid) => Assert.Equal(valid, StoreKey.IsValid(key));

    [Theory]
    [InlineData("", true)]
    [InlineData("a", true)]
    [InlineData(".", true)] // the start of ".a"
    [InlineData("a/", true)]
    [InlineData("a/.", true)]
    [InlineData("./", false)]
    [InlineData("/", false)]
    [InlineData("a//", false)]
    public void Prefixes_are_starts_of_keys(string prefix, bool valid) => Assert.Equal(valid, StoreKey.IsValidPrefix(prefix));

    [Fact]
    public void Lengths_are_bounded_and_long_keys_are_not_repeated_in_messages()
    {
        Assert.True(StoreKey.IsValid(new string('a', StoreKey.MaxSegmentLength)));
        Assert.False(StoreKey.IsValid(new string('a', StoreKey.MaxSegmentLength + 1)));
        Assert.False(StoreKey.IsValid(string.Join('/', Enumerable.Repeat("abcdefghi", 60))));
        Assert.True(Assert.Throws<ArgumentException>(() => StoreKey.Validate(new string('a', 1_000_000))).Message.Length < 200);
    }
}
