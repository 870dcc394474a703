global using System.Management.Automation;
global using Xunit;

// Servers belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
