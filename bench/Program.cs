using System.CommandLine;
using FastCache.Bench.Advise;
using FastCache.Bench.Bdn;
using FastCache.Bench.Codec;
using FastCache.Bench.Expiry;
using FastCache.Bench.Facades;
using FastCache.Bench.HitRate;
using FastCache.Bench.Latency;
using FastCache.Bench.Loading;
using FastCache.Bench.Log;
using FastCache.Bench.MainJob;
using FastCache.Bench.Memory;
using FastCache.Bench.Throughput;

RootCommand root = MainJobCommand.Create();
root.Add(HitRateCommand.Create());
root.Add(ThroughputCommand.Create());
root.Add(LatencyCommand.Create());
root.Add(MemoryCommand.Create());
root.Add(ExpiryCommand.Create());
root.Add(LoadCommand.Create());
root.Add(FacadesCommand.Create());
root.Add(CodecCommand.Create());
root.Add(LogCommand.Create());
root.Add(AdviseCommand.Create());
root.Add(BdnCommand.Create());

try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (ArgumentException refused)
{
    // What the switches asked for is not what a cache can be; its message says why.
    Console.Error.WriteLine(refused.Message);
    return 1;
}
