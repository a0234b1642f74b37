using System.Text.Json.Nodes;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"a":1,"b":{"c":2,"d":4}}""", """{"b":{"d":4}}""")]
    [InlineData("""{"a":1}""", """{"a":1}""", "{}")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2}""", """{"a":null}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":3,"c":{"d":1}}""", """{"a":3,"c":{"d":1}}""")]
    public void A_patch_has_what_differs_and_makes_one_of_the_other(string from, string to, string patch)
    {
        var between = MergePatch.Between(Object(from), Object(to));
        Assert.Equal(patch, between.ToJsonString());
        Assert.Equal(to, MergePatch.Apply(Object(from), between).ToJsonString());
    }

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();
}
