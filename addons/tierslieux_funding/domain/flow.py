"""Maximum flow in integers (Dinic's algorithm), and the cut that proves it.

E. A. Dinic, "Algorithm for solution of a problem of maximum flow in networks with
power estimation", Soviet Math. Doklady 11 (1970).
"""


class Network:
    """Nodes are integers from 0; an edge has a capacity and the flow sent through it.

    Each edge is stored beside its opposite (``edge ^ 1``), which holds the flow that
    can be sent back.
    """

    def __init__(self, nodes):
        self.heads = [[] for _ in range(nodes)]
        self.to = []
        self.left = []

    def node(self):
        self.heads.append([])
        return len(self.heads) - 1

    def edge(self, start, end, capacity):
        edge = len(self.to)
        self.to += (end, start)
        self.left += (capacity, 0)
        self.heads[start].append(edge)
        self.heads[end].append(edge + 1)
        return edge

    def flow(self, edge):
        return self.left[edge ^ 1]

    def push(self, edges, most):
        """Send along a path what fits, ``most`` at most.

        :return: what was sent
        """
        sent = min(most, *(self.left[edge] for edge in edges))
        for edge in edges:
            self.left[edge] -= sent
            self.left[edge ^ 1] += sent
        return sent

    def _levels(self, source):
        levels = [-1] * len(self.heads)
        levels[source] = 0
        queue = [source]
        for node in queue:
            for edge in self.heads[node]:
                end = self.to[edge]
                if self.left[edge] and levels[end] < 0:
                    levels[end] = levels[node] + 1
                    queue.append(end)
        return levels

    def fill(self, source, sink):
        """Send all that can be sent, on top of what flows already."""
        while (levels := self._levels(source))[sink] >= 0:
            tried = [0] * len(self.heads)
            path = []
            node = source
            while True:
                if node == sink:
                    self.push(path, max(self.left[edge] for edge in path))
                    # back to the first edge that is full
                    for place, edge in enumerate(path):
                        if not self.left[edge]:
                            node = self.to[edge ^ 1]
                            del path[place:]
                            break
                    continue
                edges = self.heads[node]
                while tried[node] < len(edges):
                    edge = edges[tried[node]]
                    if self.left[edge] and levels[self.to[edge]] == levels[node] + 1:
                        path.append(edge)
                        node = self.to[edge]
                        break
                    tried[node] += 1
                else:
                    if not path:
                        break
                    node = self.to[path.pop() ^ 1]
                    tried[node] += 1

    def reaching(self, targets, without):
        """Nodes from which something more could be sent to a target, the targets among
        them.

        :param without: a node that no way leads through
        """
        found = set(targets)
        queue = list(targets)
        for node in queue:
            for edge in self.heads[node]:
                start = self.to[edge]
                if self.left[edge ^ 1] and start not in found and start != without:
                    found.add(start)
                    queue.append(start)
        return found
