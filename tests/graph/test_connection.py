from graph.connection import Door


def test_an_empty_graph_is_at_run_zero(graph_door: Door):
    with graph_door.reading() as session:
        assert (
            session.run("MATCH (p:Publication) RETURN p.run AS run").single(strict=True)["run"] == 0
        )
