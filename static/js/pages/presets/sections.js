// The sections of the note, by which the gallery is grouped, in its order.

import { t } from "../../core/messages.js";

export const SIZES = t("Number of layers and their sizes");
export const NEURON = t("One neuron");
export const POWER = t("What networks can represent");
export const ACTIVATIONS = t("Activation functions");
export const LEARNING = t("Losses, weights and learning");

export const SECTIONS = [SIZES, NEURON, POWER, ACTIVATIONS, LEARNING];
