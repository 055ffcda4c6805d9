//! Search: request, query grammar, ranking, highlights, hits.
