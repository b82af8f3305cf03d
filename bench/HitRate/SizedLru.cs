namespace FastCache.Bench.HitRate;

/// <summary>Least recently used to the letter, with a limit in bytes; what is larger than the limit is not kept.</summary>
internal static class SizedLru
{
    public static SizedHits CountHits(SizedTrace sized, long capacity)
    {
        LinkedList<(int Key, int Size)> order = new();
        Dictionary<int, LinkedListNode<(int Key, int Size)>> residents = [];
        long used = 0;
        SizedHits hits = default;
        for (int position = 0; position < sized.Sizes.Length; position++)
        {
            (int key, int size) = (sized.Trace.Requests[position], sized.Sizes[position]);
            if (residents.TryGetValue(key, out LinkedListNode<(int Key, int Size)>? node))
            {
                hits = new SizedHits(hits.Objects + 1, hits.Bytes + size);
                order.Remove(node);
                order.AddFirst(node);
                continue;
            }

            if (size > capacity)
            {
                continue;
            }

            for (; used + size > capacity; order.RemoveLast())
            {
                used -= order.Last!.Value.Size;
                residents.Remove(order.Last.Value.Key);
            }

            residents[key] = order.AddFirst((key, size));
            used += size;
        }

        return hits;
    }
}
