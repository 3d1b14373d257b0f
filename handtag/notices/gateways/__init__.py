"""Outside systems that carry a notice: one module each, plain values in and out."""
