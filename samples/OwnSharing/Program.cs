// A way to share of your own, compared with the paper's five on data of your own: dotnet run [epochs] [folder]
using System.Globalization;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using OwnSharing;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var folder = args.Length > 1 ? args[1] : "rings";

var catalog = new Catalog();
catalog.Data.Add<RingsData>("rings");
catalog.Networks.Add(new GatedNetwork());

var data = new RingsData(Count: 1000);
var recipe = Recipe.For(data);
recipe = recipe with { Threads = 1, Training = recipe.Training with { Epochs = epochs, BatchSize = 50 } };
var plan = StudyPlan.Compare(recipe, catalog.Networks.All, [recipe.Auxiliary()], seeds: [1, 2, 3]);
new StudyRunner(plan, data.Load(), folder, catalog, parallel: Environment.ProcessorCount).Run();

var study = Study.Load(folder, catalog);
var results = StudyResults.Of(study);
StudyFiles.Write(study, results);
StudyReport.Write(study, results);
Console.WriteLine(new NetworkScores(study, results).Markdown());
Console.WriteLine(results.Verdict);
Console.WriteLine($"{Path.Combine(folder, StudyReport.FileName)} is the report.");
