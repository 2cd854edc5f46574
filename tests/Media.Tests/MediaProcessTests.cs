namespace RenderFarm.Media.Tests;

public sealed class MediaProcessTests
{
    [Fact]
    public async Task Disposing_kills_the_program_and_waits_for_its_end()
    {
        byte[] output = new byte[16];
        int processId;
        await using (MediaProcess process = MediaProcess.Start("/bin/sh", ["-c", "echo $$; exec sleep 600"]))
        {
            int count = await process.ReadAsync(output, CancellationToken.None);
            processId = int.Parse(System.Text.Encoding.ASCII.GetString(output, 0, count).Trim(), System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(Directory.Exists($"/proc/{processId}"));
        }

        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    [Fact]
    public async Task However_much_a_program_complains_only_the_end_is_kept()
    {
        await using MediaProcess process = MediaProcess.Start("/bin/sh", ["-c", "head -c 5000000 /dev/zero | tr '\\0' 'x' >&2; printf 'the end' >&2; exit 3"]);

        MediaToolException failure = await Assert.ThrowsAsync<MediaToolException>(() => process.CompleteAsync(CancellationToken.None));

        Assert.Equal(3, failure.ExitCode);
        Assert.InRange(failure.ErrorTail.Length, 1000, 10000);
        Assert.EndsWith("xthe end", failure.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_reader_holds_the_program_back()
    {
        await using MediaProcess process = MediaProcess.Start("/bin/sh", ["-c", "head -c 100000000 /dev/zero; echo done >&2"]);
        byte[] buffer = new byte[1000];

        await process.ReadAtLeastAsync(buffer, buffer.Length, CancellationToken.None);

        Assert.Equal("", process.ErrorText); // it cannot have finished: nobody took the other 99,999,000 bytes
    }

    [Fact]
    public async Task Arguments_reach_the_program_letter_by_letter()
    {
        string[] arguments = ["a b", "$HOME", "`id`", "'\"", "*", "-x", ";", "\n", ""];
        await using MediaProcess process = MediaProcess.Start("/usr/bin/printf", ["%s|", .. arguments]);
        byte[] output = new byte[1000];

        int count = await process.ReadAtLeastAsync(output, output.Length, CancellationToken.None);

        Assert.Equal(string.Join('|', arguments) + "|", System.Text.Encoding.UTF8.GetString(output, 0, count));
    }

    [Fact]
    public async Task A_program_that_reads_a_strangers_file_cannot_take_all_memory()
    {
        await using MediaProcess process = MediaProcess.StartCapped("/bin/sh", ["-c", "read -r go; ulimit -d"]);
        await process.WriteAsync("\n"u8.ToArray(), CancellationToken.None);
        byte[] output = new byte[100];

        int count = await process.ReadAtLeastAsync(output, output.Length, CancellationToken.None);

        Assert.Equal($"{MemoryLimit.Bytes / 1024}", System.Text.Encoding.ASCII.GetString(output, 0, count).Trim());
    }

    [Fact]
    public async Task No_program_inherits_a_request_for_reports()
    {
        Environment.SetEnvironmentVariable("FFREPORT", "file=/tmp/never.log");
        try
        {
            await using MediaProcess process = MediaProcess.Start("/bin/sh", ["-c", "echo \"[$FFREPORT]\""]);
            byte[] output = new byte[100];
            int count = await process.ReadAtLeastAsync(output, output.Length, CancellationToken.None);
            Assert.Equal("[]", System.Text.Encoding.ASCII.GetString(output, 0, count).Trim());
        }
        finally
        {
            Environment.SetEnvironmentVariable("FFREPORT", null);
        }
    }
}
