using Outrigger.Webhook.Options;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Options;

public sealed class OptionsHelpTests
{
    [Fact]
    public void Markdown_Page_IsTheOneInDocs() =>
        RepositoryFile.Read("docs/webhook-options.md").Should().Be(OptionsHelp.Markdown());

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
}
