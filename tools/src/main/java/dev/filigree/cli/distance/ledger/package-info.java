/** Remembers finished pairs and shows how many there are. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.distance.ledger;
