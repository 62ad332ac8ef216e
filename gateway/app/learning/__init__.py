"""What is learnt from use: feedback measured, records scrubbed and made into training data, figures by model."""
