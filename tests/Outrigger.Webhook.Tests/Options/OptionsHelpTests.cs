using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Tests.Options;

public sealed class OptionsHelpTests
{
    [Fact]
    public void Markdown_Page_IsTheOneInDocs() =>
        File.ReadAllText(Repository("docs/webhook-options.md")).Should().Be(OptionsHelp.Markdown());

    [Fact]
    public void Text_EverySetting_IsThereWithVariableDefaultAndRange()
    {
        var text = OptionsHelp.Text();

        foreach (var setting in WebhookSettings.All)
        {
            text.Should().Contain($"{setting.Flag} {setting.Placeholder}").And.Contain(setting.Variable)
                .And.Contain(setting.Meaning).And.Contain(setting.Allowed).And.Contain(setting.Default ?? "none");
        }
    }

    private static string Repository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return Path.Combine(folder.FullName, path);
    }
}
