using Outrigger.Core.Parameters;

namespace Outrigger.Core.Tests.Parameters;

public class ValueFormatTests
{
    private static readonly string Label63 = new('a', 63);

    public static TheoryData<string, string> Accepted() => new()
    {
        { "hostname", "db" }, { "hostname", "db.shop.svc.cluster.local" }, { "hostname", "DB.Shop" }, { "hostname", "db." }, { "hostname", "10.0.0.1" }, { "hostname", "1db" }, { "hostname", "xn--bcher-kva.example" },
        { "hostname", Label63 },
        { "endpoint", "db:5432" }, { "endpoint", "unix.svc:80" }, { "hostname", "unix-1" }, { "endpoint", "db.shop.svc:1" }, { "endpoint", "10.0.0.1:65535" }, { "endpoint", "[::1]:80" }, { "endpoint", "[2001:db8::1]:443" },
        { "uri", "http://a" }, { "uri", "https://a.example:8443/x/y?z=1&w=2#f" }, { "uri", "redis://db:6379/0" }, { "uri", "http://[::1]:80/" }, { "uri", "https://a/%7Bx%7D" }, { "uri", "mailto:a@b.example" },
        { "absolute-path", "/" }, { "absolute-path", "/var/log/app.log" }, { "absolute-path", "/a-b_c+d@e%f=g~h/" }, { "absolute-path", "/.hidden" }, { "absolute-path", "/a..b" },
        { "duration", "1s" }, { "duration", "500ms" }, { "duration", "1h30m" }, { "duration", "1.5h" }, { "duration", ".5s" }, { "duration", "10us" }, { "duration", "0s" }, { "duration", "3ns2us" },
        { "quantity", "1" }, { "quantity", "100m" }, { "quantity", "64Mi" }, { "quantity", "1.5" }, { "quantity", "1e3" }, { "quantity", "1E3" }, { "quantity", "1E" }, { "quantity", "12e-3" }, { "quantity", ".5Gi" }, { "quantity", "0" },
        { "image", "nginx" }, { "image", "nginx:1.29" }, { "image", "library/nginx" }, { "image", "ghcr.io/org/app:v1.0_x-y" }, { "image", "localhost:5000/app" }, { "image", "registry.example:5000/a/b/c" },
        { "image", "a__b/c--d" }, { "image", $"nginx@sha256:{new string('0', 64)}" }, { "image", $"ghcr.io/org/app:1@sha256:{new string('a', 64)}" },
        { "dns-label", "a" }, { "dns-label", "0" }, { "dns-label", "a-b-1" }, { "dns-label", Label63 },
        { "dns-subdomain", "a" }, { "dns-subdomain", "a.b-c.1" }, { "dns-subdomain", string.Join('.', Enumerable.Repeat(Label63, 3)) },
    };

    public static TheoryData<string, string> Refused() => new()
    {
        { "hostname", "" }, { "hostname", "." }, { "hostname", "a..b" }, { "hostname", "-a" }, { "hostname", "a-" }, { "hostname", "a_b" }, { "hostname", "a b" }, { "hostname", "a/b" }, { "hostname", "a:1" }, { "hostname", "bücher" },
        { "hostname", Label63 + "a" }, { "hostname", string.Join('.', Enumerable.Repeat(Label63, 4)) + "." },
        { "endpoint", "unix:80" }, { "endpoint", "Unix:80" }, { "hostname", "unix" }, { "hostname", "UNIX." }, { "endpoint", "[[::1]:80]:80" }, { "endpoint", "[::1\0]:80" },
        { "endpoint", "" }, { "endpoint", "db" }, { "endpoint", ":80" }, { "endpoint", "db:" }, { "endpoint", "db:0" }, { "endpoint", "db:65536" }, { "endpoint", "db:080" }, { "endpoint", "db:+80" }, { "endpoint", "db:80a" },
        { "endpoint", "::1:80" }, { "endpoint", "[::1]" }, { "endpoint", "[db]:80" }, { "endpoint", "[fe80::1%eth0]:80" }, { "endpoint", "db:99999999999999999999" }, { "endpoint", "http://db:80" },
        { "uri", "" }, { "uri", "a" }, { "uri", "/x" }, { "uri", "http:" }, { "uri", "1http://a" }, { "uri", "http://a b" }, { "uri", "http://a/{x}" }, { "uri", "http://a/%" }, { "uri", "http://a/%2" }, { "uri", "http://a/%zz" },
        { "uri", "http://é" }, { "uri", "http://a/'" }, { "uri", "http://a/$x" }, { "uri", "http://a;b" },
        { "absolute-path", "" }, { "absolute-path", "a" }, { "absolute-path", "./a" }, { "absolute-path", "/.." }, { "absolute-path", "/a/../b" }, { "absolute-path", "/a b" }, { "absolute-path", "/a:b" }, { "absolute-path", "/é" },
        { "absolute-path", "/a*" }, { "absolute-path", "/" + new string('a', 1024) },
        { "duration", "" }, { "duration", "1" }, { "duration", "s" }, { "duration", "-1s" }, { "duration", "+1s" }, { "duration", "1d" }, { "duration", "1 s" }, { "duration", "1S" }, { "duration", ".s" }, { "duration", "1m2" }, { "duration", "1.2.3s" },
        { "quantity", "" }, { "quantity", "-1" }, { "quantity", "+1" }, { "quantity", "1Mb" }, { "quantity", "1 Mi" }, { "quantity", "Mi" }, { "quantity", "1e" }, { "quantity", "1e+" }, { "quantity", "1KI" }, { "quantity", "." }, { "quantity", "1e9999" },
        { "image", "" }, { "image", "Nginx" }, { "image", "nginx:" }, { "image", ":1" }, { "image", "nginx:-1" }, { "image", "nginx/" }, { "image", "/nginx" }, { "image", "a//b" }, { "image", "a_._b" }, { "image", "a___b" }, { "image", "-a" },
        { "image", "nginx@sha256:abc" }, { "image", "@sha256:" + new string('0', 64) }, { "image", "nginx:1:2" }, { "image", "host.example:x/app" }, { "image", "nginx latest" }, { "image", "nginx:" + new string('a', 129) },
        { "dns-label", "" }, { "dns-label", "A" }, { "dns-label", "a.b" }, { "dns-label", "-a" }, { "dns-label", "a-" }, { "dns-label", "a_b" }, { "dns-label", Label63 + "a" },
        { "dns-subdomain", "" }, { "dns-subdomain", ".a" }, { "dns-subdomain", "a." }, { "dns-subdomain", "a..b" }, { "dns-subdomain", "A" }, { "dns-subdomain", "a.-b" }, { "dns-subdomain", string.Join('.', Enumerable.Repeat(Label63, 4)) },
    };

    public static TheoryData<string, string> Hostile()
    {
        var rows = new TheoryData<string, string>();
        var good = Accepted().Select(row => ((string)row[0], (string)row[1])).DistinctBy(row => row.Item1);
        foreach (var (format, value) in good)
        {
            foreach (var piece in (string[])["\n", "\r", "\t", " ", "\0", "\u0085", "\u2028", "\"", "'", "`", ";", "{", "}", "$", "(", ")", "|", "<", ">", "\\", "*", "!", "^", "٣", "\uFF11"])
            {
                rows.Add(format, value + piece);
                rows.Add(format, piece + value);
                rows.Add(format, value + piece + value);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Holds_ValueOfTheFormat_True(string format, string value) => ValueFormat.All[format].Holds(value).Should().BeTrue();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Holds_OtherValue_False(string format, string value) => ValueFormat.All[format].Holds(value).Should().BeFalse();

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Holds_ValueWithACharacterThatConfigurationGivesAMeaning_False(string format, string value) =>
        ValueFormat.All[format].Holds(value).Should().BeFalse();

    [Fact]
    public void All_EachStringFormat_IsInTheTables() =>
        Accepted().Select(row => (string)row[0]).Distinct().Should().BeEquivalentTo(ValueFormat.All.Values.Where(format => format.Type == SchemaType.String).Select(format => format.Name));
}
