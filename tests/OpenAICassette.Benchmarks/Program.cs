using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OpenAICassette.Benchmarks;

if (args is ["server", .. var what])
{
    return await ServerFigures.PrintAsync(what);
}

if (args is ["load", var program, .. var rest])
{
    var minutes = rest is ["--minutes", var number]
        ? double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
        : 10;
    return await LoadFigures.PrintAsync(program, minutes);
}

if (args is ["bodies", .. var options])
{
    return await BodyFigures.PrintAsync(options);
}

if (args is ["secrets", .. var shared])
{
    return await SecretFigures.PrintAsync(shared is [var folder] ? folder : "../shared");
}

if (args is ["speed", .. var measured])
{
    return SpeedFigures.Print(measured);
}

// In this process: nothing is generated or restored, so it runs wherever the project builds.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
