using System.Text;

namespace OpenAICassette.Conversations;

/// <summary>
/// Folds conversations into longer ones: the turns of a chat, the rounds of a tool loop, in whatever order they come.
/// One goes on from another when its request repeats the other's messages, then the other's answer, then says more; or
/// when it names the other's answer as the one before.
/// </summary>
internal static class ConversationMerger
{
    /// <summary>Folds conversations.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <returns>
    /// The long conversations, each from its first to its last call, in the order in which their last calls were given.
    /// Two that go on from the same one both begin with it.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<ConversationLink>> Merge(IEnumerable<Conversation> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var all = conversations.Select(conversation => new Node(conversation)).ToList();
        var byRequest = all.ToLookup(node => node.Prefixes[^1]);
        var byId = all.Where(node => node.Conversation.ResponseId is not null)
            .ToLookup(node => node.Conversation.ResponseId!);
        foreach (var node in all)
        {
            node.FindParent(byRequest, byId);
        }

        var parents = all.Select(node => node.Parent).OfType<Node>().ToHashSet();
        return [.. all.Where(node => !parents.Contains(node)).Select(leaf => leaf.Chain())];
    }

    private sealed class Node
    {
        private readonly Conversation _conversation;
        private readonly List<string> _prefixes = [string.Empty];
        private int _known;

        public Node(Conversation conversation)
        {
            _conversation = conversation;
            foreach (var message in conversation.Messages)
            {
                _prefixes.Add(Digest(_prefixes[^1], message));
            }
        }

        public Conversation Conversation => _conversation;

        /// <summary>Gets a digest of the first messages of the request: of none, of one, … of all.</summary>
        public IReadOnlyList<string> Prefixes => _prefixes;

        public Node? Parent { get; private set; }

        /// <summary>Returns the conversations from the first to this one.</summary>
        public ConversationLink[] Chain()
        {
            var chain = new List<ConversationLink>();
            for (var node = this; node is not null; node = node.Parent)
            {
                chain.Add(new ConversationLink(node._conversation, node.Parent is null ? 0 : node._known));
            }

            chain.Reverse();
            return [.. chain];
        }

        /// <summary>
        /// Finds the conversation that this one goes on from: that with the most messages in common, of the same test
        /// if there is one.
        /// </summary>
        public void FindParent(ILookup<string, Node> byRequest, ILookup<string, Node> byId)
        {
            if (
                _conversation.PreviousResponseId is { } id
                && Best(byId[id].Where(node => !node.GoesOnFrom(this))) is { } previous
            )
            {
                Parent = previous;
                return;
            }

            for (var length = _prefixes.Count - 2; length > 0 && Parent is null; length--)
            {
                Parent = Best(
                    byRequest[_prefixes[length]].Where(node => node != this && node.Answered(this, length) >= 0),
                    CallIds(_conversation.Messages.Skip(length))
                );
                _known = Parent is null ? 0 : length + Parent.Answered(this, length);
            }
        }

        /// <summary>
        /// One whose calls have the ids that the request repeats, then one of the same test, and of several the
        /// first by name, so that it is the same in whatever order they come.
        /// </summary>
        private Node? Best(IEnumerable<Node> candidates, IReadOnlySet<string>? callIds = null) =>
            candidates
                .OrderByDescending(node =>
                    callIds is { Count: > 0 }
                    && CallIds(node._conversation.Choices.Select(choice => choice.Message)).Overlaps(callIds)
                )
                .ThenByDescending(node => node._conversation.Interaction.TestId == _conversation.Interaction.TestId)
                .ThenBy(node => node._conversation.Interaction.Cassette.RelativePath, StringComparer.Ordinal)
                .ThenBy(node => node._conversation.Interaction.Index)
                .FirstOrDefault();

        /// <summary>Returns the ids of the calls of an answer, or of what a request repeats of it.</summary>
        private static HashSet<string> CallIds(IEnumerable<Message> messages) =>
            messages
                .TakeWhile(message => message.Role == "assistant")
                .SelectMany(message => message.ToolCalls)
                .Select(call => call.Id)
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);

        private bool GoesOnFrom(Node other)
        {
            for (var node = this; node is not null; node = node.Parent)
            {
                if (node == other)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>
        /// Returns how many messages of a longer request repeat what was answered here; -1 when they say something
        /// else.
        /// </summary>
        private int Answered(Node longer, int from)
        {
            var repeated = longer
                ._conversation.Messages.Skip(from)
                .TakeWhile(message => message.Role == "assistant")
                .ToList();
            if (repeated.Count == 0)
            {
                return 0;
            }

            var said = Said(repeated);
            return _conversation.Choices.Any(choice => Said([choice.Message]) == said) ? repeated.Count : -1;
        }

        /// <summary>
        /// Returns what counts as having been said: the text, but for white space around it, and the calls.
        /// </summary>
        private static string Said(List<Message> messages)
        {
            var calls = messages
                .SelectMany(message => message.ToolCalls)
                .Select(call => $"\n{call.Name}({Shape(call.Arguments)})");
            return string.Concat(messages.Select(message => message.Text + message.Refusal)).Trim()
                + string.Concat(calls);
        }

        /// <summary>Arguments but for white space, which clients lay out anew.</summary>
        private static string Shape(string arguments) =>
            string.Concat(arguments.Where(unit => !char.IsWhiteSpace(unit)));

        private static string Digest(string before, Message message)
        {
            var text = new StringBuilder(before)
                .Append('\0')
                .Append(message.Role)
                .Append('\0')
                .Append(message.ToolCallId)
                .Append('\0')
                .Append(message.Refusal);
            foreach (var part in message.Parts)
            {
                text.Append('\0').Append(part.Kind).Append(part.Value);
            }

            foreach (var call in message.ToolCalls)
            {
                text.Append('\0').Append(call.Name).Append(Shape(call.Arguments));
            }

            return Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(
                    System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.ToString().AsSpan())
                )
            );
        }
    }
}
