/** Dense matrix products by OpenBLAS, through the JavaCPP bindings. */
@org.jspecify.annotations.NullMarked
package dev.filigree.openblas;
