using Xunit.Sdk;
using Xunit.v3;

// Runs train with several threads of their own: side by side they would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
