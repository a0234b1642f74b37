// Commands set the tensor library's thread count, which is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
