// What a Relay component writes: its compiler makes the questions of both directions of this.
import { graphql } from 'relay-runtime';

export const forward = graphql`
  fragment Children_forward on Query
  @argumentDefinitions(
    name: { type: "String!" }
    first: { type: "Int", defaultValue: 7 }
    after: { type: "String" }
  )
  @refetchable(queryName: "ChildrenForwardPageQuery") {
    children(name: $name, first: $first, after: $after) @connection(key: "Children_forward_children") {
      edges {
        node {
          id
          ...Children_child
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const backward = graphql`
  fragment Children_backward on Query
  @argumentDefinitions(
    name: { type: "String!" }
    last: { type: "Int", defaultValue: 7 }
    before: { type: "String" }
  )
  @refetchable(queryName: "ChildrenBackwardPageQuery") {
    children(name: $name, last: $last, before: $before)
      @connection(key: "Children_backward_children") {
      edges {
        node {
          id
          ...Children_child
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
`;

// The list of one child: its next page is asked of `node`, by her id alone.
export const child = graphql`
  fragment Children_child on Child
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 2 }
    after: { type: "String" }
  )
  @refetchable(queryName: "ChildrenHearingsPageQuery") {
    fullName
    hearings(first: $first, after: $after) @connection(key: "Children_child_hearings") {
      edges {
        node {
          id
          date
          court
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const forwardPage = graphql`
  query ChildrenForwardQuery($name: String!) {
    ...Children_forward @arguments(name: $name)
  }
`;

export const backwardPage = graphql`
  query ChildrenBackwardQuery($name: String!) {
    ...Children_backward @arguments(name: $name)
  }
`;

export const heard = graphql`
  subscription ChildrenHeardSubscription($ids: [ID!]) {
    addressReported(residentIds: $ids, marks: true) {
      __typename
      ... on Event {
        cursor
      }
      ... on AddressReported {
        resident {
          ...Children_child @alias(as: "child")
        }
      }
    }
  }
`;
