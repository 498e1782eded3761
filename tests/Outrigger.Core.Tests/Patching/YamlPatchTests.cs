using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Patching;

public sealed class YamlPatchTests
{
    private const string Deployment = """
        # the shop
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop   # its name
        spec:
          template:
            metadata:
              annotations:
                outrigger.dev/sidecar: 'https' # terminated here

            spec:
              containers:
                # the application
                - name: web
                  image: "shop:1"   # pinned
                  args: [ "-v",  '2' ]
                  volumeMounts: []
                  env:
                    - {name: A, value: b}

              # nothing else

        # the end

        """;

    [Theory]
    [InlineData("# c\na: [x] # d\nb: |\n  text", "# c\na: [x] # d\nb: |-\n  text\nnew: 1")]
    [InlineData("# c\na: [x]\nb: >2\n  text", "# c\na: [x]\nb: >2-\n  text\nnew: 1")]
    [InlineData("# c\nb: |+\n  text", "# c\nb: |-\n  text\nnew: 1")]
    [InlineData("# c\nb: !!str |  # why\n  text", "# c\nb: !!str |-  # why\n  text\nnew: 1")]
    [InlineData("# c\nb: |-\n  text", "# c\nb: |-\n  text\nnew: 1")]
    [InlineData("# c\nb: |\n  text\n", "# c\nb: |\n  text\nnew: 1\n")]
    [InlineData("# c\nb:\n  - a\n  - |\n    text", "# c\nb:\n  - a\n  - |-\n    text\nnew: 1")]
    public void Apply_DocumentThatEndsInABlockWithoutALineBreak_KeepsItsText(string text, string expected) =>
        Patched(text, Add("/new", "1")).Should().Be(expected);

    [Fact]
    public void Apply_WhatAnInjectionAdds_StandsWhereAPersonWouldWriteIt()
    {
        const string Pod = "/spec/template";

        Patched(
            Deployment,
            Add($"{Pod}/metadata/annotations/outrigger.dev~1status", "\"{\\\"uses\\\":[]}\""),
            Add($"{Pod}/metadata/labels", """{"x":"y"}"""),
            Add($"{Pod}/spec/containers/-", """{"name":"https","args":["-c","a\nb\n"]}"""),
            Add($"{Pod}/spec/containers/0", """{"name":"first"}"""),
            Add($"{Pod}/spec/containers/1/volumeMounts/-", """{"name":"files","mountPath":"/x"}"""),
            Add($"{Pod}/spec/containers/1/env/-", """{"name":"B","value":"yes"}"""),
            Add($"{Pod}/spec/containers/1/args/-", "\"-x\""),
            Add($"{Pod}/spec/volumes", """[{"name":"files","emptyDir":{}}]""")).Should().Be("""
            # the shop
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop   # its name
            spec:
              template:
                metadata:
                  annotations:
                    outrigger.dev/sidecar: 'https' # terminated here
                    outrigger.dev/status: '{"uses":[]}'
                  labels:
                    x: "y"

                spec:
                  containers:
                    - name: first
                    # the application
                    - name: web
                      image: "shop:1"   # pinned
                      args: [ "-v",  '2', "-x" ]
                      volumeMounts:
                        - name: files
                          mountPath: /x
                      env:
                        - {name: A, value: b}
                        - name: B
                          value: "yes"
                    - name: https
                      args:
                        - -c
                        - |
                          a
                          b
                  volumes:
                    - name: files
                      emptyDir: {}

                  # nothing else

            # the end

            """);
    }

    [Theory]
    [InlineData("a:\n- 1\n- 2\n", "/a/-", "3", "a:\n- 1\n- 2\n- 3\n")]
    [InlineData("a:\n- 1\n- 2\n", "/a/0", "0", "a:\n- 0\n- 1\n- 2\n")]
    [InlineData("a:\n- 1\n# two\n- 2\n", "/a/1", "9", "a:\n- 1\n- 9\n# two\n- 2\n")]
    [InlineData("a:\n  - 1", "/a/-", "{\"b\":[1]}", "a:\n  - 1\n  - b:\n      - 1")]
    [InlineData("a: {}\nb: 1\n", "/a/x", "1", "a:\n  x: 1\nb: 1\n")]
    [InlineData("a: {} # none\nb: 1\n", "/a/x", "1", "a: # none\n  x: 1\nb: 1\n")]
    [InlineData("a: []\n", "/a/-", "1", "a:\n- 1\n")]
    [InlineData("a:\nb: 1\n", "/a", "{\"x\":1}", "a:\n  x: 1\nb: 1\n")]
    [InlineData("a: null\nb: 1\n", "/a", "{\"x\":1}", "a:\n  x: 1\nb: 1\n")]
    [InlineData("a: # later\nb: 1\n", "/a", "2", "a: 2 # later\nb: 1\n")]
    [InlineData("a: ~ # x\n", "/a", "\"x\\ny\\n\"", "a: | # x\n  x\n  y\n")]
    [InlineData("a:    1   # x\n", "/a", "2", "a:    2   # x\n")]
    [InlineData("a: |\n  x\n\nb: 1\n", "/a", "2", "a: 2\n\nb: 1\n")]
    [InlineData("a: |\n  x\n\n# b\nb: 1\n", "/c", "2", "a: |\n  x\n\n# b\nb: 1\nc: 2\n")]
    [InlineData("b: 1\na: |+\n  x\n\n# end\n", "/c", "2", "b: 1\na: |+\n  x\n\nc: 2\n# end\n")]
    [InlineData("b: 1\na: |\n  x\n\n# end\n", "/c", "2", "b: 1\na: |\n  x\nc: 2\n\n# end\n")]
    [InlineData("a:\n  # c\n  b: 1\nd: 1\n", "/a", "[]", "a: []\n  # c\nd: 1\n")]
    [InlineData("a:\n  # c\n  b: 1\nd: 1\n", "/a", "3", "a: 3\nd: 1\n")]
    [InlineData("- a\n- - b\n  - c\n", "/1/0", "\"x\"", "- a\n- - x\n  - b\n  - c\n")]
    [InlineData("- a\n-\n  - c\n", "/1/0", "\"x\"", "- a\n-\n  - x\n  - c\n")]
    [InlineData("- a: 1\n  b: 2\n", "/0/c", "{\"d\":[1]}", "- a: 1\n  b: 2\n  c:\n    d:\n    - 1\n")]
    [InlineData("metadata: {name: web, annotations: {a: b}} # m\n", "/metadata/annotations/x", "\"1\"",
        "metadata: {name: web, annotations: {a: b, \"x\": \"1\"}} # m\n")]
    [InlineData("metadata: {name: web, annotations: {}}\n", "/metadata/annotations/x", "[1]", "metadata: {name: web, annotations: {\"x\": [1]}}\n")]
    [InlineData("metadata: {name: web}\n", "/metadata/labels", "{\"a\":{\"b\":[]}}", "metadata: {name: web, \"labels\": {\"a\": {\"b\": []}}}\n")]
    [InlineData("{a: , b: 1}\n", "/a", "2", "{a: 2 , b: 1}\n")]
    [InlineData("a: [1, 2,]\n", "/a/-", "3", "a: [1, 2, 3,]\n")]
    [InlineData("a: [1, 2]\n", "/a/0", "0", "a: [0, 1, 2]\n")]
    [InlineData("{\"a\":{\"b\":1},\"c\":[]}", "/a/x", "{\"y\":\"é\"}", "{\"a\":{\"b\":1,\"x\":{\"y\":\"é\"}},\"c\":[]}")]
    [InlineData("{\n  \"a\": {},\n  \"c\": [\n    1\n  ]\n}\n", "/a/x", "{\"y\":[1]}",
        "{\n  \"a\": {\n    \"x\": {\n      \"y\": [\n        1\n      ]\n    }\n  },\n  \"c\": [\n    1\n  ]\n}\n")]
    [InlineData("{\n\t\"c\": [\n\t\t1\n\t]\n}", "/c/-", "{\"x\":1}", "{\n\t\"c\": [\n\t\t1,\n\t\t{\n\t\t\t\"x\": 1\n\t\t}\n\t]\n}")]
    [InlineData("a: 1\r\nb:\r\n- x\r\n", "/b/-", "{\"c\":\"1\\n2\\n\"}", "a: 1\r\nb:\r\n- x\r\n- c: |\r\n    1\r\n    2\r\n")]
    [InlineData("\uFEFFa: 1\n", "/b", "2", "\uFEFFa: 1\nb: 2\n")]
    [InlineData("\uFEFF- 1\n", "/-", "2", "\uFEFF- 1\n- 2\n")]
    [InlineData("---\n# c\na: 1\n...\n# end\n", "/b", "2", "---\n# c\na: 1\nb: 2\n...\n# end\n")]
    [InlineData("{}\n", "/b", "[2]", "{\"b\": [2]}\n")]
    [InlineData("a: &x {b: 1}\nc: *x\n", "/c/d", "1", "a:\n  b: 1\nc:\n  b: 1\n  d: 1\n")]
    [InlineData("a: &x {b: 1}\nc: *x\n", "/e", "1", "a: &x {b: 1}\nc: *x\ne: 1\n")]
    [InlineData("a: &x {b: 1}\nc: {<<: *x}\n", "/c/b", "2", "a: &x {b: 1}\nc: {<<: *x, \"b\": 2}\n")]
    [InlineData("# head\n---\na: &x {b: 1}\nc: *x\n...\n# end\n", "/a/b", "2", "# head\n---\na:\n  b: 2\nc:\n  b: 1\n...\n# end\n")]
    [InlineData("# head\n", "", "{\"a\":1}", "# head\na: 1\n")]
    public void Apply_Add_EditsTheText(string text, string path, string value, string expected) =>
        Patched(text, Add(path, value)).Should().Be(expected);

    [Theory]
    [InlineData("- 1\n", "/0", "{\"a\":1,\"b\":2}", "- a: 1\n  b: 2\n")]
    [InlineData("- # x\n- y\n", "/0", "{\"a\":1,\"b\":2}", "- a: 1 # x\n  b: 2\n- y\n")]
    [InlineData("- x: 1\n  # y\n  y: 2\n- z\n", "/0", "3", "- 3\n- z\n")]
    [InlineData("a:\n  'x' # c\nb: 1\n", "/a", "2", "a: 2\nb: 1\n")]
    [InlineData("a: 'x\n  y' # c\nb: 1\n", "/a", "[2]", "a: # c\n- 2\nb: 1\n")]
    [InlineData("a: >-\n  x\n  y\nb: 1\n", "/a", "\"1\"", "a: \"1\"\nb: 1\n")]
    [InlineData("{\"a\": [1, {\"b\": 2}]}", "/a/1/b", "{\"c\":[]}", "{\"a\": [1, {\"b\": {\"c\": []}}]}")]
    [InlineData("a: {b, c: 1}\n", "/a/c", "null", "a: {b, c: null}\n")]
    public void Apply_Replace_EditsTheText(string text, string path, string value, string expected) =>
        Patched(text, new PatchOperation.Replace(path, JsonNode.Parse(value))).Should().Be(expected);

    [Theory]
    [InlineData("a: 1\nb: 2\n", "/b", "a: 1\n")]
    [InlineData("a: 1\nb: 2", "/b", "a: 1")]
    [InlineData("a: 1\n# b\nb: 2 # c\nd: 3\n", "/b", "a: 1\n# b\nd: 3\n")]
    [InlineData("a:\n- 1\n", "/a/0", "a: []\n")]
    [InlineData("a: # x\n  # y\n  b: 1\nc: 2\n", "/a/b", "a: {} # x\n  # y\nc: 2\n")]
    [InlineData("a: [1, 2, 3]\n", "/a/0", "a: [2, 3]\n")]
    [InlineData("a: [1, 2, 3]\n", "/a/1", "a: [1, 3]\n")]
    [InlineData("a: [1, 2, 3]\n", "/a/2", "a: [1, 2]\n")]
    [InlineData("a: [1]\n", "/a/0", "a: []\n")]
    [InlineData("x: {a: [1]}\n", "/x/a/0", "x: {a: []}\n")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/a", "{\n  \"b\": 2\n}\n")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/b", "{\n  \"a\": 1\n}\n")]
    [InlineData("- a: 1\n  b: 2\n", "/0/a", "- b: 2\n")]
    [InlineData("- a: 1\n  b: 2\n  c: 3\n", "/0/b", "- a: 1\n  c: 3\n")]
    [InlineData("- a: 1\n", "/0/a", "- {}\n")]
    [InlineData("a: |\n  x\n\n  y\n\nb: 1\n", "/a", "\nb: 1\n")]
    [InlineData("a: 1\n", "/a", "{}\n")]
    public void Apply_Remove_EditsTheText(string text, string path, string expected) =>
        Patched(text, new PatchOperation.Remove(path)).Should().Be(expected);

    [Fact]
    public void Apply_LaterOperations_SeeEarlierOnes() =>
        Patched("a: 1\n", Add("/b", "{}"), Add("/b/c", "[1]"), Add("/b/c/-", "2"), new PatchOperation.Remove("/b/c/0"), Add("/a", "3"))
            .Should().Be("a: 3\nb:\n  c:\n  - 2\n");

    [Fact]
    public void Apply_ReplaceBehindAnInsertion_KeepsTheirOrder() =>
        Patched("a: [1, 2]\n", new PatchOperation.Replace("/a/0", 3), Add("/a/0", "0")).Should().Be("a: [0, 3, 2]\n");

    [Fact]
    public void Apply_MoveCopyAndTest_SayWhatThePatchSays() =>
        Patched("a: 1\n", new PatchOperation.Test("/a", 1), new PatchOperation.Copy("/a", "/b"), new PatchOperation.Move("/a", "/c"))
            .Should().Be("b: 1\nc: 1\n");

    [Fact]
    public void Apply_NoOperation_GivesTheText() => Patched("a: 1 # x").Should().Be("a: 1 # x");

    [Fact]
    public void Apply_PatchThatDoesNotFit_Throws()
    {
        var apply = () => Patched("a: 1\n", new PatchOperation.Remove("/b"));

        apply.Should().Throw<InvalidOperationException>();
    }

    internal static string Patched(string text, params PatchOperation[] operations) =>
        YamlPatch.Apply(ManifestReader.Read(text, "-").Value.Single(), operations);

    private static PatchOperation.Add Add(string path, string json) => new(path, JsonNode.Parse(json));
}
