using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Serving;

/// <summary>Who may call: the file of <c>--client-ca</c>, read again when it changes. Of a file that is wrong nothing is taken.</summary>
internal sealed partial class ClientAuthorities
{
    private readonly Lock _reloading = new();
    private readonly string _file;
    private readonly ImmutableArray<string> _names;
    private readonly ILogger _logger;
    private (string Text, ImmutableArray<Problem> Problems) _last;
    private volatile ClientTrust _trust;

    private ClientAuthorities(
        string file, ImmutableArray<string> names, (string, ImmutableArray<Problem>) first, ClientTrust trust, Reloads reloads, ILogger logger)
    {
        (_file, _names, _last, _trust, _logger, Reloads) = (file, names, first, trust, logger, reloads);
        Take(trust);
    }

    /// <summary>The authorities of this moment. Replaced ones are left to the collector: a handshake may still go by them.</summary>
    public ClientTrust Trust => _trust;

    /// <summary>How the readings went.</summary>
    public Reloads Reloads { get; }

    /// <summary>Reads the file for the first time: every mistake counts.</summary>
    public static Result<ClientAuthorities> Load(
        string file, ImmutableArray<string> names, TimeProvider time, ILogger<ClientAuthorities> logger)
    {
        var first = ReadFile(file);
        var read = Compile(file, names, first);
        return read.TryGet(out var trust)
            ? Result.Ok(new ClientAuthorities(file, names, first, trust, new Reloads(time), logger))
            : Result.Fail<ClientAuthorities>(read.Problems);
    }

    /// <summary>Reads the file again and takes it, if it changed and is right. What is wrong is logged once.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            var next = ReadFile(_file);
            if (next.Text == _last.Text && next.Problems.SequenceEqual(_last.Problems))
                return;
            _last = next;
            var read = Compile(_file, _names, next);
            if (read.TryGet(out var trust))
            {
                Take(trust);
                return;
            }

            Reloads.Refuse(read.Problems);
            LogRefused(string.Join("; ", read.Problems));
        }
    }

    private void Take(ClientTrust trust)
    {
        _trust = trust;
        Reloads.Take();
        LogLoaded(trust.Title, PemFile.Moment(trust.NotAfter));
    }

    private static (string Text, ImmutableArray<Problem> Problems) ReadFile(string file)
    {
        var problems = new List<Problem>();
        var text = PemFile.Text("--client-ca", file, problems);
        return (text, [.. problems]);
    }

    private static Result<ClientTrust> Compile(string file, ImmutableArray<string> names, (string Text, ImmutableArray<Problem> Problems) read) =>
        read.Problems.IsEmpty ? ClientTrust.Read(file, read.Text, names) : Result.Fail<ClientTrust>(read.Problems);

    [LoggerMessage(32, LogLevel.Information, "client authorities in force: {authorities}, valid until {notAfter}", EventName = "ClientAuthoritiesLoaded")]
    private partial void LogLoaded(string authorities, string notAfter);

    [LoggerMessage(33, LogLevel.Error, "client authorities refused, the last good ones stay in force: {problems}", EventName = "ClientAuthoritiesRefused")]
    private partial void LogRefused(string problems);
}
