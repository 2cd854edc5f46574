using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RenderFarm.Farm.State;

/// <summary>Writes log entries as lines: time, level, category, message, and the exception below it.</summary>
internal sealed class LineLog(TimeProvider time, params IReadOnlyList<TextWriter> writers) : ILoggerProvider
{
    private readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (gate)
        {
            foreach (TextWriter writer in writers)
                writer.Flush();
        }
    }

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss.fff} {level.ToString().ToLowerInvariant()} {category}: {message}");
        lock (gate)
        {
            foreach (TextWriter writer in writers)
            {
                writer.WriteLine(line);
                if (exception is not null)
                    writer.WriteLine(exception);
                writer.Flush();
            }
        }
    }

    private sealed class Category(LineLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(name, logLevel, formatter(state, exception), exception);
    }
}
