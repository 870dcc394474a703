global using System.Management.Automation;
global using OpenAICassette.Tests;
global using Xunit;

// Servers belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
