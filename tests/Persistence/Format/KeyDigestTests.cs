using System.Buffers.Binary;
using FastCache.Persistence.Format;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class KeyDigestTests
{
    /// <summary>Of the first bytes of 0, 1, 2, ...; computed from the text of docs/design/log-format.md by another program.</summary>
    public static TheoryData<int, ulong> Vectors => new()
    {
        { 0, 0xCD0C7C3C0EC44D3D },
        { 1, 0x1EFB8D07FAC68EB9 },
        { 2, 0x394B12AA25C9E0B1 },
        { 3, 0xD42E93AD1A5BE024 },
        { 4, 0x7C9282EF04D85842 },
        { 5, 0x2DA286B1B9A5F022 },
        { 7, 0xEB12A57B75707158 },
        { 8, 0x2850188BD7198D7D },
        { 9, 0x4091EB00A8CC7D43 },
        { 15, 0x9244AD83A762C7AB },
        { 16, 0xAFF9190096E4E6A7 },
        { 17, 0x048C4F4746A4864C },
        { 20, 0x6A21BBCAEEFF7F91 },
        { 31, 0xE393A451A304F171 },
        { 32, 0x0B51796A4AACFA9C },
        { 33, 0x5DEDE8EEF1542C03 },
        { 64, 0xC88C37F60E4E90D3 },
        { 100, 0x903893AAA4D1B6E1 },
        { 256, 0x8FF3B83B3A1CB466 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void It_is_the_same_for_ever(int length, ulong digest)
        => Assert.Equal(digest, KeyDigest.Of([.. Enumerable.Range(0, length).Select(static number => (byte)number)]));

    [Fact]
    public void Of_equal_bytes_of_different_lengths_it_differs()
    {
        foreach (byte value in (byte[])[0x00, 0x01, 0xFF])
        {
            byte[] bytes = new byte[200];
            bytes.AsSpan().Fill(value);
            Assert.Equal(201, Enumerable.Range(0, 201).Select(length => KeyDigest.Of(bytes.AsSpan(0, length))).Distinct().Count());
        }
    }

    [Fact]
    public void A_changed_bit_changes_it_at_any_length()
    {
        for (int length = 1; length <= 100; length++)
        {
            byte[] bytes = new byte[length];
            ulong before = KeyDigest.Of(bytes);
            Bits.ForEachFlipped(bytes, _ => Assert.NotEqual(before, KeyDigest.Of(bytes)));
        }
    }

    [Fact]
    public void Of_a_million_numbers_none_share_one()
    {
        const int Keys = 1_000_000;
        var digests = new HashSet<ulong>(2 * Keys);
        byte[] key = new byte[sizeof(long)];
        for (int number = 0; number < Keys; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(key, number);
            Assert.True(digests.Add(KeyDigest.Of(key.AsSpan(0, sizeof(int)))), $"{number}");
            Assert.True(digests.Add(KeyDigest.Of(key)), $"{number}L");
        }
    }

    [Fact]
    public void Of_all_keys_of_up_to_two_bytes_and_a_million_of_three_none_share_one()
    {
        const int Keys = 1_000_000;
        var digests = new HashSet<ulong>(2 * Keys) { KeyDigest.Of([]) };
        byte[] key = new byte[sizeof(int)];
        for (int number = 0; number < Keys; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(key, number);
            Assert.True(number > byte.MaxValue || digests.Add(KeyDigest.Of(key.AsSpan(0, 1))));
            Assert.True(number > ushort.MaxValue || digests.Add(KeyDigest.Of(key.AsSpan(0, 2))));
            Assert.True(digests.Add(KeyDigest.Of(key.AsSpan(0, 3))));
        }
    }
}
