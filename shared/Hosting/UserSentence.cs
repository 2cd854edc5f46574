using RenderFarm.Failures;

namespace RenderFarm.Hosting;

/// <summary>Sentences about a user's file name the file; here it is a local copy whose path would mean nothing to the user.</summary>
public static class UserSentence
{
    public static Task WithoutPathAsync(string localPath, Func<Task> work) => WithoutPathAsync(localPath, async () =>
    {
        await work();
        return true;
    });

    public static async Task<T> WithoutPathAsync<T>(string localPath, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PermanentException e) when (e.Message.Contains(localPath, StringComparison.Ordinal))
        {
            throw new PermanentException(e.Message.Replace($" '{localPath}'", "", StringComparison.Ordinal), e);
        }
    }
}
